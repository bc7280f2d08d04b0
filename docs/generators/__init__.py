"""What writes the generated parts of the documentation, one module for each sort of page."""
