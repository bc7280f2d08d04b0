"""The quality gate: measured figures against pinned floors."""
