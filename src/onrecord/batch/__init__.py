"""Archives: folders of WARC files, Parquet dumps and JSON Lines to Parquet datasets, shard by shard, on many processes.

A run is a plan (inputs, settings and how they are cut into shards) and a folder. Each shard is read by one process and
written to files of its own; it counts once all of them have their names, so a run that was stopped goes on with the
shards that are left.
"""

from onrecord.batch.planning import Limits, Plan, Settings, Shard, plan
from onrecord.batch.running import Progress, Totals, run

__all__ = ["Limits", "Plan", "Progress", "Settings", "Shard", "Totals", "plan", "run"]
