"""Strategic rivalries."""


def test_rivalries_run_from_start_to_end(said, loaded):
    """A row is one mutual state; it is listed where a side has no code that is known."""
    header = "tssr_id,rivalry,ccode1,ccode2,start,end"
    lines = ["1,A-B,220,300,1494,1918", "5,A-C,200,324,1500,1600"]

    assert [("austria-hungary", "france", "rivalry", "1494/1918")] == said("rivalries", header, *lines)
    assert [3] == loaded("rivalries", header, *lines).aside["row"].to_pylist()
