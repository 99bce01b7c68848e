"""PDF beyond what Qt writes: the same bytes again, bookmarks, lighter pages, files to keep."""
