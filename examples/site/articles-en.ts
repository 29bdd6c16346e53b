import type { Article } from './article.ts';

export const ARTICLES_EN: readonly Article[] = [
  {
    slug: 'allotments',
    title: 'The waiting list for allotments is open again',
    paragraphs: [
      'After four years the council has reopened the waiting list for allotments behind the mill. Eleven plots came free over the winter, most of them at the wet end near the brook.',
      'New holders get one season rent-free if they clear the brambles themselves. The water butts are shared, and the committee asks everyone to close the lower gate because of the deer.',
      'Forms are at the post office and in the porch of the hall.',
    ],
  },
  {
    slug: 'bridge',
    title: 'Repairs to the footbridge take until June',
    paragraphs: [
      'Engineers who lifted the boards of the footbridge found that two of the oak beams had rotted from the inside. They look sound until you push a screwdriver into them, and then it goes in to the handle.',
      'Replacement timber has been ordered from a yard in the next valley. Until it arrives, walkers should use the road bridge, which adds about fifteen minutes.',
      'Cyclists are asked to dismount on the narrow part.',
    ],
  },
  {
    slug: 'library',
    title: 'Longer evenings at the library',
    paragraphs: [
      'From Monday the library stays open until eight on Tuesdays and Thursdays. The change follows a survey in which two thirds of the readers said that they could not come before six.',
      'To pay for the extra hours the reading room closes on Friday mornings. The reservation shelf has moved next to the door, so that books can be collected without climbing the stairs.',
      'The toy corner is unchanged.',
    ],
  },
  {
    slug: 'bakery',
    title: 'What a bakery does at three in the morning',
    paragraphs: [
      'The ovens go on at a quarter to three. By then the dough has rested for fourteen hours, and whoever is on shift tips it out, cuts it by eye and is rarely more than ten grams off.',
      'Rye goes in first because it needs the fiercest heat. The last trays are the rolls, which have to be warm when the first bus leaves at twenty past five.',
      'On Sundays the shop opens an hour later.',
    ],
  },
  {
    slug: 'choir',
    title: 'The choir looks for two more basses',
    paragraphs: [
      'Anyone who can hold a line against a loud organ is welcome to try. The choir sings four concerts a year and rehearses on Wednesdays in the old drill hall, which is cold, so bring a jumper.',
      'Reading music helps but is not required. The conductor hands out recordings of every part, and most people learn theirs on the way to work.',
      'The spring programme is by composers from around the Baltic.',
    ],
  },
  {
    slug: 'rain-gauge',
    title: 'Thirty years of one rain gauge',
    paragraphs: [
      'Every morning at nine, for thirty years, the same copper gauge has been emptied into the same glass. The wettest day in the book is a Thursday in October with eighty-one millimetres; the driest month is an April with none at all.',
      'Moving the gauge by even a few metres would spoil the series, so when the beech beside it grew too tall it was the beech that had to go.',
      'The figures are on the notice board and online.',
    ],
  },
  {
    slug: 'bicycle-repair',
    title: 'Mend your own bicycle on Saturdays',
    paragraphs: [
      'The workshop behind the station lends tools and a stand to anyone who wants to repair a bicycle. Volunteers will show you how, but they will not do it for you; that is the point.',
      'Most visitors come with worn brake pads or a chain that skips. A replacement chain costs what the workshop pays for it, and used parts are free.',
      'Doors close at four sharp because the volunteers want their tea.',
    ],
  },
  {
    slug: 'forum-rules',
    title: 'Rules of the forum, with reasons',
    paragraphs: [
      'Posts that advertise porn sites, online casinos, viagra or payday loans are deleted without notice, and the account is closed. We do not publish lists of banned words, because such lists mostly catch the innocent.',
      'Discussing sex, drugs or betting is allowed where the thread is about it: a question about side effects of sildenafil belongs under health, a quarrel about odds under racing. Nude photographs are not allowed anywhere.',
      'If your post was removed and you think that was a mistake, write to the moderators and say which one.',
    ],
    hardBecause: 'forum rules that name spam',
  },
  {
    slug: 'casino-licence',
    title: 'Council turns down a casino on the pier',
    paragraphs: [
      'Councillors voted nine to four against a licence for a casino on the old pier. The applicant had promised forty slot machines, a poker room and two roulette tables, and said that the welcome bonus for members would stay within the code of the regulator.',
      'Residents spoke of noise and of problem gambling; a pub landlord spoke of the jobs. The chair said that the decision rested on the fire exits and not on morals.',
      'The applicant has three weeks to appeal.',
    ],
    hardBecause: 'a licence for gambling',
  },
];
