import { describe, expect, it } from 'vitest';
import { hidesByStyle } from '../../src/text/markup-style.ts';
import { hidingSelectors } from '../../src/text/markup-visibility.ts';

const HIDING = [
  'display:none',
  'DISPLAY : NONE !important',
  'color:red; display:/* */none',
  'dis\\70lay:none',
  'visibility:hidden',
  'opacity:0',
  'opacity: 0%',
  'font-size:0',
  'font-size:0px',
  'font-size:1px',
  'font:0/0 a',
  'position:absolute;left:-500px',
  'top:-9000px',
  'text-indent:-999em',
  'left:-100vw',
  'left:-100%',
  'margin-left:-9999px',
  'left:9999px',
  'transform:translateX(-9999px)',
  'transform:scale(0)',
  'width:0;height:0;overflow:hidden',
  'height:1px;overflow-y:hidden',
  'max-height:0;overflow:hidden',
  'clip:rect(0,0,0,0)',
  'clip: rect(1px 1px 1px 1px)',
  'clip-path:inset(50%)',
  'clip-path:circle(0)',
  'color:#fff;background:#ffffff',
  'color:white;background-color:rgb(255, 255, 255)',
  'color:#FFF;background:#fff url(x.png)',
  'color:transparent',
  'color:rgba(0,0,0,0)',
];

const SHOWING = [
  '',
  'display:block',
  'display:none;display:block',
  'opacity:0.5',
  'font-size:1em',
  'font-size:10px',
  'font:bold 12px/1.5 serif',
  'left:-20px',
  'left:-50%',
  'margin-left:-100%',
  'transform:translate(-50%,-50%)',
  'height:1px',
  'width:100%;overflow:hidden',
  'line-height:1;overflow:hidden',
  'clip:rect(0,100px,100px,0)',
  'clip-path:circle(50%)',
  'color:#fff;background:#000',
  'color:inherit;background:inherit',
  'color:transparent;background-clip:text',
  'background:white',
];

describe('hidesByStyle', () => {
  it.each(HIDING)('hides: %s', (style) => expect(hidesByStyle(style)).toBe(true));
  it.each(SHOWING)('shows: %s', (style) => expect(hidesByStyle(style)).toBe(false));
});

describe('hidingSelectors', () => {
  const CASES: readonly (readonly [stylesheet: string, selectors: readonly string[]])[] = [
    ['.x{display:none}', ['.x']],
    ['a{color:red}.x , div.y{display:none}#z{opacity:0}', ['.x', 'div.y', '#z']],
    ['/* .a{} */.x{/**/display:none}', ['.x']],
    ['.x .y{display:none}.x>.z{display:none}p{display:none}.q:hover{display:none}', []],
    ['@media print{.x{display:none}}.y{display:none}', ['.y']],
    ['@media screen{.x{display:none}}', ['.x']],
    ['@media (max-width:9px){.x{display:none}', []],
    ['}}.x{display:none}', ['.x']],
  ];

  it.each(CASES)('reads %s', (stylesheet, selectors) => {
    expect([...hidingSelectors(`<STYLE type=x>${stylesheet}</style>.no{display:none}`)]).toEqual(selectors);
  });
});
