"""Run readers over documents, and measure how well they read."""
