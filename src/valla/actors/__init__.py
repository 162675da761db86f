"""Who acts: states, regimes, people and organisations."""
