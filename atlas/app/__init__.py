"""Use cases: loading, rendering service, player, export, session, command line."""
