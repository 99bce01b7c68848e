"""The whole story for others: booklet, film, web page."""
