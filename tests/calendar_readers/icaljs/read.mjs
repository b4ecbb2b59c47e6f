// Reads a calendar from standard input with ical.js and tells as JSON what it says.
import { readFileSync } from 'node:fs';

let ICAL;
try {
  ICAL = (await import('ical.js')).default;
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.log(JSON.stringify({ missing: 'ical.js' }));
  process.exit(0);
}

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, 'utf8')));
const text = (component, name) => component.getFirstPropertyValue(name)?.toString() ?? '';

const person = (property) => ({
  address: property.getFirstValue(),
  name: property.getParameter('cn') ?? '',
  role: property.getParameter('role') ?? '',
  answer: property.getParameter('partstat') ?? '',
  is_asked: property.getParameter('rsvp') ?? '',
  sent_by: property.getParameter('sent-by') ?? '',
});

const alarm = (component) => ({
  action: text(component, 'action'),
  seconds: component.getFirstPropertyValue('trigger').toSeconds(),
  related: component.getFirstProperty('trigger').getParameter('related') ?? 'START',
  text: text(component, 'description'),
});

const entry = (component) => ({
  uid: text(component, 'uid'),
  title: text(component, 'summary'),
  starts: text(component, 'dtstart'),
  ends: text(component, 'dtend'),
  stamped_at: text(component, 'dtstamp'),
  changed_at: text(component, 'last-modified'),
  sequence: component.getFirstPropertyValue('sequence'),
  status: text(component, 'status'),
  transparency: text(component, 'transp'),
  categories: component.getAllProperties('categories').flatMap((found) => found.getValues()),
  url: text(component, 'url'),
  description: text(component, 'description'),
  place: text(component, 'location'),
  organizer: component.getAllProperties('organizer').map(person),
  attendees: component.getAllProperties('attendee').map(person),
  alarms: component.getAllSubcomponents('valarm').map(alarm),
});

console.log(JSON.stringify({
  name: text(calendar, 'x-wr-calname'),
  method: text(calendar, 'method'),
  refresh_seconds: calendar.getFirstPropertyValue('refresh-interval')?.toSeconds() ?? null,
  entries: calendar.getAllSubcomponents('vevent').map(entry),
}));
