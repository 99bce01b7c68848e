"""Time, space, story, state and scene as plain values; the lowest floor, standard library only."""
