"""One myth, written up."""
