"""Rosters: lists of people pasted by an instructor, and the invitations that come of them."""
