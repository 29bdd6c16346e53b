/**
 * exp and log from + − × ÷ alone. The built-in ones differ in the last digit between engines (one argument in ten between
 * two builds of V8), and a verdict must be the same on Node and in workerd, a model the same on every machine.
 */

const LN2_HIGH = 0.69314718036912381649;
const LN2_LOW = 1.90821492927058770002e-10;
/** Terms of the series: the last one is below 2^-53 for the reduced arguments. */
const EXP_TERMS = 14;
const LOG_TERMS = 12;
/** The term of the series that belongs to each odd power. */
const ODD_PARTS = Float64Array.from({ length: LOG_TERMS + 1 }, (_, n) => 1 / (2 * n + 1));

/** e^x to within 2 ulp; 0 below −745 and Infinity above 709, as IEEE doubles end. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709) return Infinity;
  if (x < -745) return 0;
  const power = Math.round(x / (LN2_HIGH + LN2_LOW));
  const rest = x - power * LN2_HIGH - power * LN2_LOW;
  let sum = 1;
  for (let n = EXP_TERMS; n > 0; n--) sum = 1 + (sum * rest) / n;
  return scale(sum, power);
}

/** Natural logarithm to within 2 ulp of finite x > 0; −Infinity for 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  let mantissa = x;
  let power = 0;
  for (; mantissa >= Math.SQRT2; power++) mantissa /= 2;
  for (; mantissa < Math.SQRT1_2; power--) mantissa *= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let n = LOG_TERMS; n >= 0; n--) sum = sum * square + ODD_PARTS[n];
  return power * LN2_HIGH + (2 * ratio * sum + power * LN2_LOW);
}

/** value × 2^power, exactly but for underflow. */
function scale(value: number, power: number): number {
  let scaled = value;
  for (let left = power; left > 0; left--) scaled *= 2;
  for (let left = power; left < 0; left++) scaled /= 2;
  return scaled;
}
