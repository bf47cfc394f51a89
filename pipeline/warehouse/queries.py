"""Run an analyst's SQL and return a frame whose types every output format supports."""

import duckdb
import polars as pl

from pipeline.warehouse.sql_files import sql_files


def _intervals_as_text(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Cast intervals to text: Polars has no such type."""
    columns = list(zip(relation.columns, relation.types, strict=True))
    if all(kind.id != "interval" for _, kind in columns):
        return relation
    named = [('"' + name.replace('"', '""') + '"', kind.id == "interval") for name, kind in columns]
    return relation.project(", ".join(f"{name}::varchar as {name}" if interval else name for name, interval in named))


def _plain_numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn DuckDB's sums of whole numbers (128 bits) into 64-bit ones where they fit, other decimals into floats."""
    columns = []
    for name, kind in frame.schema.items():
        if isinstance(kind, pl.Decimal):
            whole = frame[name].cast(pl.Int64, strict=False)
            fits = kind.scale == 0 and whole.null_count() == frame[name].null_count()
            columns.append(whole if fits else frame[name].cast(pl.Float64))
        elif kind == pl.List(pl.Decimal(38, 0)):
            columns.append(frame[name].cast(pl.List(pl.Float64)))
    return frame.with_columns(columns)


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """Run one statement and return its rows.

    Raises:
        ValueError: the text is not exactly one statement, or one that returns no rows.
        duckdb.Error: DuckDB refuses the statement.
    """
    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        raise ValueError(f"give one SQL statement, not {len(statements)}")
    relation = connection.sql(statements[0].query)
    if relation is None:
        raise ValueError("the statement returns no rows; the warehouse is read-only")
    return _plain_numbers(_intervals_as_text(relation).pl())


def rows_about(connection: duckdb.DuckDBPyConnection, query: str, subject: str) -> pl.DataFrame:
    """Return the rows of a query of sql/explain.

    Args:
        connection: to the published warehouse.
        query: name of the file.
        subject: value of the query's variable `subject`, such as a contact_id.
    """
    connection.execute("set variable subject = ?", [subject]).fetchall()
    return answer(connection, sql_files("explain")[query].text)
