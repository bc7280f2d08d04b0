"""From claims to series: what is comparable, what revises, disputes, denies, repeats or confirms what."""
