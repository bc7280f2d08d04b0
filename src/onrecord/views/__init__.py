"""What readings look like: records for machines, tables for a terminal, pages and fragments for a browser."""
