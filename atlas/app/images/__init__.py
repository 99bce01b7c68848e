"""How pictures become files: bands of dots, formats, ground reference, what they carry."""
