"""Tables read row by row: CSV, TSV, JSONL and Parquet, within bounds of memory."""
