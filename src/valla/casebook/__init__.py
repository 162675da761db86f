"""A folder of dossiers with their record and sources: the unit that is checked, scanned for and published."""
