"""Scans of any size: in parallel, with progress, and resumed where they were stopped."""
