"""Deadlines and meetings as people's calendars take them: what is in them, feeds, iCalendar."""
