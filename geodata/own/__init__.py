"""Reads a person's own dated points and answers what of them a map shows. Floor: geodata."""
