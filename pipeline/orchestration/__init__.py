"""All code that depends on Dagster: assets, IO, resources, checks, job, schedule, sensor. Computes nothing."""
