import type { Rule } from '../rule.ts';

/**
 * What the tools of attackers and copiers leave behind. It marks the page, not the spam, and stands in honest copies too:
 * nothing here may weigh more than a nudge.
 */
export const residue: readonly Rule[] = [
  {
    id: 'residue.random-id',
    group: 'residue',
    category: '',
    weight: 0.5,
    description: 'Empty tags with a random id of five characters',
    pattern:
      '(sup|tfoot|noscript|blockquote|acronym|fieldset|address|legend) id="(\\d[a-z0-9]{4}|[a-z0-9]\\d[a-z0-9]{3}|[a-z0-9]{2}\\d[a-z0-9]{2}|[a-z0-9]{3}\\d[a-z0-9]|[a-z0-9]{4}\\d)"',
    needs: [
      'sup id="',
      'tfoot id="',
      'noscript id="',
      'blockquote id="',
      'acronym id="',
      'fieldset id="',
      'address id="',
      'legend id="',
    ],
    hits: ['<tfoot id="yyy80"></tfoot>', '<sup id="a1b2c">'],
    misses: ['<sup id="footnote-1">', '<legend id="title">Name</legend>', '<fieldset id="payment">'],
  },
  {
    id: 'residue.watermark',
    group: 'residue',
    category: '',
    weight: 0.4,
    description: 'The watermark of copying sites',
    pattern: '(资讯网|信息网)-{1,3}每日最新资讯',
    needs: ['每日最新资讯'],
    hits: ['ab12c汽车资讯网——每日最新资讯28at.com'],
    misses: ['每日最新资讯速递', '资讯网每日更新'],
  },
  {
    id: 'residue.link-attribute',
    group: 'residue',
    category: '',
    weight: 0.3,
    description: 'Half a link in the text',
    literals: ['target=_blank title=', 'target="_blank" title="', 'blank" rel="nofollow"'],
    hits: ['a href=/x target=_blank title=词', '<a target="_blank" title="词">'],
    misses: ['the target is blank', 'title of the page'],
  },
  {
    id: 'residue.template-field',
    group: 'residue',
    category: '',
    weight: 0.8,
    description: 'Fields that a template did not fill',
    literals: ['关键词}', '标题}', 'keyword}', '关键词#'],
    hits: ['欢迎光临{关键词}网站', '{keyword} online'],
    misses: ['关键词：阀门', 'keywords: pump'],
  },
];
