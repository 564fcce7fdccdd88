// The policy of a framed mail stands before the mail.
import { expect, test } from 'vitest';
import { framed } from './framed';

test('nothing of the mail stands before the policy', () => {
  const whole = framed('<html><head><script>x</script></head><body>hello</body></html>');
  expect(whole.indexOf("default-src 'none'")).toBeGreaterThan(0);
  expect(whole.indexOf('http-equiv')).toBeLessThan(whole.indexOf('<script>'));
  expect(whole).not.toContain('allow-scripts');
});
