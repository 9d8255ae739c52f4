"""English sentences of the demo site, written for it. A sentence stays on one line, however long it is."""

# ruff: noqa: E501

from __future__ import annotations

from workers.demo.world import Topic, Wire

_BRIDGE = Topic(
    "bridge",
    "general",
    ("bridge", "river_crossing"),
    ("project director", "chief engineer", "deputy mayor for construction"),
    (
        "Second span of river bridge {in_place} to open after {n}-month repair",
        "{firm} closes night works on bridge {in_place}, {pct} of deck replaced",
        "{surname}: bridge {in_place} needs another {money} before winter",
        "Tender for {n} footbridges {of_place} won by {firm}",
    ),
    (
        "Builders have placed the last steel beam of the road bridge {in_place}, and traffic will return to two lanes {day}, {role} {person} {said}.",
        "The city council {of_place} has accepted {pct} of the work on the old river crossing, which {firm} began {n} months ago.",
        "{firm} has asked for {money} more to finish the approach roads of the bridge {in_place}, according to a letter published {day}.",
    ),
    (
        "The deck rests on {n} piers, of which the oldest were poured before the town had street lighting.",
        "Lorries heavier than {n} tonnes still have to take the ferry road through the water meadows.",
        "Divers found cracks in a foundation last spring and stopped the works for {n} days.",
        "About {big} vehicles a day used the crossing before it was narrowed to a single lane.",
        "The guard rails come from a foundry in the next district and carry a pattern chosen by schoolchildren.",
        "A load test with {n} gravel trucks is planned for the small hours, when the embankment is empty.",
        "Money for the lighting, some {money}, will be taken from the road fund {of_place}.",
    ),
    (
        '"We measured the sag every hour and it stayed within {n} millimetres, which is better than the drawing allowed," {surname} {said}.',
        '"Nobody will have to walk around by the railway line any more," {surname} {added}.',
        '"The river does not read our schedule; we lost {n} shifts to the ice alone," {surname} {noted}.',
    ),
)

_WIND = Topic(
    "wind",
    "economic",
    ("wind_power", "energy"),
    ("head of the generation department", "board chair", "grid planning director"),
    (
        "{firm} connects {n} wind turbines {in_place} to grid",
        "Wind farm {in_place} raises output by {pct}, {firm} reports",
        "{firm} borrows {money} for battery park {in_place}",
        "{surname}: hills {of_place} can carry {n} more turbines",
    ),
    (
        "Energy company {firm} has started {n} turbines on the ridge {in_place}, {role} {person} {said} {day}.",
        "Wind generation {in_place} grew by {pct} over the season, which {firm} explains by a calm-weather upgrade of the blades.",
        "A loan of {money} signed {day} will let {firm} build storage next to its wind farm {in_place}.",
    ),
    (
        "Each tower stands {n} metres from the nearest field road, so that harvesters can pass below the blades.",
        "The substation was tested at {pct} of its rated load before the first cable was switched in.",
        "Farmers who lease the land receive a share of the revenue, last year about {money} in total.",
        "The company keeps {n} technicians on the site and trains the next group at the local college.",
        "Output over the last quarter was enough for {big} households, the operator calculated.",
        "Bird watchers asked for the two eastern masts to be stopped at dawn during migration, and the company agreed.",
        "Spare gearboxes are stored in a former sugar mill at the edge of the town.",
    ),
    (
        '"The wind here is steady rather than strong, and steady is what the dispatcher wants," {surname} {said}.',
        '"We could have bought cheaper blades, but then we would be repairing them by now," {surname} {added}.',
        '"Storage pays for itself in {n} windy evenings a month," {surname} {noted}.',
    ),
)

_NETWORK = Topic(
    "network",
    "telecom",
    ("mobile_network", "fibre"),
    ("technical director", "spokesperson for the operator", "regional network manager"),
    (
        "{firm} switches on {n} base stations {in_place} after cable theft",
        "Mobile traffic {in_place} up {pct} in a year – {firm}",
        "{firm} lays fibre to {n} villages around {place} for {money}",
        "{surname}: roaming between networks {in_place} stays free",
    ),
    (
        "Operator {firm} has restored {n} base stations {in_place} that went dark when a trunk cable was cut, {role} {person} {said} {day}.",
        "Subscribers {in_place} sent {pct} more data than a year ago, {firm} said in its quarterly notes.",
        "{firm} will spend {money} on fibre lines to the villages around {place}, the company announced {day}.",
    ),
    (
        "Masts on the water tower and the grain elevator now share a single backup generator.",
        "The average speed in the evening hours fell by {pct} before the new frequencies were opened.",
        "Crews drove {n} kilometres of trench along the railway, where the soil is soft.",
        "Batteries at the stations last about {n} hours; diesel is delivered after that.",
        "Complaints to the call centre dropped to {big} a month, the lowest figure since counting began.",
        "Two competing operators agreed to carry each other's calls while the trunk is being mended.",
        "Schools and the district clinic were connected first, followed by the post office.",
    ),
    (
        '"The cable had been mapped {n} metres away from where it really lay," {surname} {said}.',
        '"People forgive a slow page, they do not forgive a silent telephone," {surname} {added}.',
        '"We keep {n} mobile masts on trailers and we used every one of them," {surname} {noted}.',
    ),
)

_MEDICINE = Topic(
    "medicine",
    "pharmacy",
    ("medicine", "clinic"),
    ("head physician", "quality director", "director of the medical institute"),
    (
        "{firm} opens insulin line {in_place} worth {money}",
        "Clinic {in_place} cuts waiting time by {pct} with evening reception",
        "{surname}: {n} rural pharmacies {of_place} to work around the clock",
        "{firm} recalls {n} batches of cough syrup sold {in_place}",
    ),
    (
        "Drug maker {firm} has launched a production line {in_place}, investing {money}, {role} {person} {said} {day}.",
        "The district clinic {in_place} has shortened the queue for specialists by {pct} since it began to receive patients in the evening.",
        "{firm} is withdrawing {n} batches of a cough syrup because of a faulty label, the company said {day}.",
    ),
    (
        "The plant can fill {big} cartridges a shift and keeps samples of each for two years.",
        "A mobile laboratory visits {n} villages a week and brings the results back the same day.",
        "Prices of the {n} most asked-for medicines were fixed until the end of the year.",
        "Pharmacists were told to check the printed code against the list on the inspector's page.",
        "The share of patients who come for a second opinion rose to {pct}, the registry shows.",
        "New cold rooms hold the temperature for {n} hours without electricity.",
        "The institute trains nurses from three neighbouring districts free of charge.",
    ),
    (
        '"The syrup is safe, the label is not, and we do not sell labels that lie," {surname} {said}.',
        '"An evening hour is worth more to a working parent than a new corridor," {surname} {added}.',
        '"We tested {n} suppliers of glass before one of them passed," {surname} {noted}.',
    ),
)

_GRAIN = Topic(
    "grain",
    "economic",
    ("grain", "port"),
    ("harbour master", "commercial director", "head of the growers' union"),
    (
        "Port {of_place} ships {big} tonnes of grain in one week",
        "{firm} to build {n} silos {in_place} for {money}",
        "Barley yield around {place} up {pct} despite dry June",
        "{surname}: queue of trucks at port {of_place} shrinks to {n}",
    ),
    (
        "The river port {of_place} has loaded {big} tonnes of grain in seven days, its best week this season, {role} {person} {said} {day}.",
        "Grain trader {firm} plans {n} new silos {in_place} and has set aside {money} for them.",
        "Growers around {place} brought in {pct} more barley than a year ago, the union reported {day}.",
    ),
    (
        "Barges leave in groups of {n} and wait for high water at the lower lock.",
        "Moisture is measured at the gate, and loads above {pct} are sent to the dryer.",
        "The elevator was built for sugar beet and has been rebuilt twice since.",
        "Freight rates fell by {pct} after the second towing company returned to the river.",
        "Small farms deliver through a cooperative that now counts {big} members.",
        "Rail wagons are unloaded in {n} minutes since the new tipper was installed.",
        "Peas and flax take the place of maize on the sandy fields east of the town.",
    ),
    (
        '"The weather gave us {n} dry days in a row and we used each of them," {surname} {said}.',
        '"A truck that waits at the gate eats the farmer\'s margin," {surname} {added}.',
        '"We would rather sell less and keep the seed for spring," {surname} {noted}.',
    ),
)

_MUSEUM = Topic(
    "museum",
    "general",
    ("museum", "heritage"),
    ("museum director", "curator of the collection", "head of the city culture office"),
    (
        "Museum {in_place} shows {n} paintings found in school attic",
        "{firm} foundation gives {money} for theatre roof {in_place}",
        "Visitors to open-air museum {of_place} up by {pct}",
        "{surname}: clock tower {in_place} will strike again",
    ),
    (
        "Landscapes that lay for decades in a school attic are on display {in_place} from {day}, {role} {person} {said}.",
        "The {firm} foundation has promised {money} for the leaking roof of the old theatre {in_place}.",
        "The open-air museum {of_place} sold {pct} more tickets this summer than last, its yearly report says.",
    ),
    (
        "Restorers removed {n} layers of varnish before the signature could be read.",
        "The collection holds {big} objects, a third of which have never been photographed.",
        "Admission is free on the first weekend of the month, and guides speak four languages.",
        "A carpenter from a mountain village cut {n} thousand shingles by hand for the chapel.",
        "The tower clock stopped in a storm and its wheels were kept in the fire station.",
        "Students of the art college drew the plan of the hall as their diploma work.",
        "The exhibition will travel to {n} towns before the frost.",
    ),
    (
        '"We thought it was a notice board until somebody turned it over," {surname} {said}.',
        '"A museum is a place where the town can argue with its grandparents," {surname} {added}.',
        '"The roof comes first, the gilding can wait {n} years," {surname} {noted}.',
    ),
)

_BUDGET = Topic(
    "budget",
    "political",
    ("budget", "council"),
    ("head of the budget committee", "council secretary", "leader of the deputies' group"),
    (
        "Council {of_place} passes budget with {money} for roads",
        "{surname}: {n} deputies {in_place} back open registers bill",
        "Audit by {firm} finds {pct} of school funds {in_place} unspent",
        "{place} and neighbours agree to share {n} fire engines",
    ),
    (
        "Deputies {in_place} approved next year's budget {day}; it sets aside {money} for local roads, {role} {person} {said}.",
        "Auditors from {firm} found that {pct} of the money meant for schools {in_place} had not been spent by autumn.",
        "A bill that would open the land registers was supported by {n} deputies at the sitting {in_place} {day}.",
    ),
    (
        "The sitting lasted {n} hours and was interrupted once, when the voting panel lost power.",
        "Revenue from the land tax exceeded the plan by {pct}.",
        "An amendment that would have closed the smallest library was rejected.",
        "The reserve for emergencies stays at {money}, as the treasury had asked.",
        "Residents sent {big} proposals through the public page, most of them about pavements.",
        "The neighbouring councils will vote on the same agreement within {n} days.",
        "Observers were let into the hall for the first time since the spring session.",
    ),
    (
        '"A register that nobody can read protects nobody but the one who wrote it," {surname} {said}.',
        '"We counted the money twice and the holes in the road three times," {surname} {added}.',
        '"There are {n} lines in this budget that I would have written differently," {surname} {noted}.',
    ),
)

_ANNOUNCEMENT = Topic(
    "announcement",
    "press-announcement",
    ("press_centre",),
    ("moderator", "secretary of the press centre"),
    (
        "Demo Wire to host press conference 'How {place} plans its next {n} years'",
        "Demo Wire to host round table 'Who pays for clean water {in_place}'",
        "Demo Wire to host discussion 'Small towns and {firm}: lessons of {n} projects'",
    ),
    (
        "On {event}, the press centre of Demo Wire will host a meeting with the press on the work of the {firm} club {in_place}.",
        "On {event}, experts from {place} will answer questions of journalists in the press centre of Demo Wire.",
    ),
    (
        "Participants include {role} {person} and representatives of {n} town councils.",
        "The discussion will be held in the small hall, {n} Lantern Street, third floor.",
        "Journalists are asked to register by telephone not later than {n} minutes before the start.",
        "A broadcast will be available on the page of the press centre, questions may be sent in advance.",
    ),
    ('"We will bring the figures and we will leave them on the table," {surname} {said} ahead of the meeting.',),
)

ENGLISH = Wire(
    "en",
    (_BRIDGE, _WIND, _NETWORK, _MEDICINE, _GRAIN, _MUSEUM, _BUDGET),
    _ANNOUNCEMENT,
    (
        "As reported, a similar decision was taken {in_place} {n} months ago and was later revised.",
        "Independent estimates put the cost at {money}, although the final sum depends on the autumn prices.",
        "A public hearing on the matter drew {big} comments, {pct} of them in favour.",
        "The regional administration has not yet commented.",
        "{other}, who reviewed the papers, called the timetable ambitious but workable.",
        "The next report is expected within {n} weeks.",
        "Local media had earlier named a figure of {money}, which the parties neither confirmed nor denied.",
        "Similar work in two other districts took {n} weeks longer than promised.",
        "According to {other}, the experience {of_place} will be described in a manual for other towns.",
        "A telephone line for questions is open from eight in the morning.",
        "The share of residents who support the plan stands at {pct}, a street poll of {big} people showed.",
    ),
    {"said": ("said", "said"), "added": ("added", "added"), "noted": ("noted", "noted")},
    ("on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday", "on Sunday"),
    (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "EUR {} mln",
    ".",
    ",",
)
