"""The desk for programs: ``/api/v1``, described by OpenAPI 3.1 from the same values."""
