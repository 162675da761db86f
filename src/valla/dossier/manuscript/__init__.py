"""From a manuscript to a dossier, losing nothing."""
