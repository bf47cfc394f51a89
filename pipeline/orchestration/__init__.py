"""Everything that knows Dagster: assets, IO, resources, checks, job, schedule, sensor. Computes nothing."""
