"""What is written and run on a page: code, queries and sketches, in a round or for practice.

Nothing here judges: it shows what the product's runners say. An editor is loaded only where one is
needed, and after the page stands.
"""
