"""Settings that all tests share."""

from hypothesis import HealthCheck, settings

# the machine's speed decides no test: neither a deadline for an example nor slow generation of the first one
settings.register_profile(
    "onrecord", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("onrecord")
