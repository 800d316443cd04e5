"""A second reader of claims, optional: a language model behind any server with the OpenAI-style chat interface.

The model proposes; code decides. An answer counts only if its words stand in the story's body, its number is one that
onrecord reads there too, and its names stand in the story: so exact words hold, whatever the model invents.
"""

from onrecord.second_reader.answers import Answers, read_answers
from onrecord.second_reader.chat import KEY_VARIABLE, ChatError, ChatServer
from onrecord.second_reader.merge import merge

__all__ = ["KEY_VARIABLE", "Answers", "ChatError", "ChatServer", "merge", "read_answers"]
