"""Knowledge sources: read, cut into passages, embedded, indexed and searched."""
