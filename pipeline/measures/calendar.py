"""Days and months in the owner's time zone, as expressions on microseconds UTC.

Months are numbers (`year * 12 + month - 1`), so that they can be counted and compared.
"""

import polars as pl


def local_time(at: pl.Expr, zone: str) -> pl.Expr:
    """Convert microseconds UTC to date and time in a zone.

    Args:
        at: microseconds since 1970, UTC.
        zone: IANA name.
    """
    return pl.from_epoch(at, time_unit="us").dt.replace_time_zone("UTC").dt.convert_time_zone(zone)


def day_number(at: pl.Expr, zone: str) -> pl.Expr:
    """Number the days of a zone, from 1970-01-01 = 0.

    Args:
        at: microseconds since 1970, UTC.
        zone: IANA name.
    """
    return local_time(at, zone).dt.date().cast(pl.Int32).cast(pl.Int64)


def month_number(at: pl.Expr, zone: str) -> pl.Expr:
    """Number the months of a zone: `year * 12 + month - 1`.

    Args:
        at: microseconds since 1970, UTC.
        zone: IANA name.

    Examples:
        >>> pl.select(month_number(pl.lit(0), "UTC"), month_number(pl.lit(-1), "UTC").alias("before")).row(0)
        (23640, 23639)
    """
    moment = local_time(at, zone)
    return moment.dt.year().cast(pl.Int64) * 12 + moment.dt.month().cast(pl.Int64) - 1


def month_name(number: pl.Expr) -> pl.Expr:
    """Format a month number as YYYY-MM.

    Examples:
        >>> pl.select(month_name(pl.lit(23640))).item()
        '1970-01'
    """
    return pl.format(
        "{}-{}", (number // 12).cast(pl.String).str.zfill(4), (number % 12 + 1).cast(pl.String).str.zfill(2)
    )


def month_end(number: pl.Expr, zone: str) -> pl.Expr:
    """Compute the last microsecond of a month in a zone, as microseconds UTC.

    Args:
        number: month number.
        zone: IANA name.
    """
    after = number + 1
    start = pl.datetime(after // 12, after % 12 + 1, 1).dt.replace_time_zone(
        zone, ambiguous="earliest", non_existent="null"
    )
    # a zone may skip midnight of the first of a month: then the month ends an hour later
    skipped = pl.datetime(after // 12, after % 12 + 1, 1, 1).dt.replace_time_zone(zone, ambiguous="earliest")
    return pl.coalesce(start, skipped).dt.convert_time_zone("UTC").dt.epoch("us") - 1
