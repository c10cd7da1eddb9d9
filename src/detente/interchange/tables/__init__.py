"""What a process holds as tables of columns for analysts: one Parquet file a table (docs/specs/tables.md)."""
