import { stringify } from 'yaml';

/**
 * Plain data as YAML that Prometheus and its exporters read: YAML 1.1, where `on` and `no` are no texts. Texts are in quotes, so that a
 * password put in place of a variable stays one.
 */
export function toYaml(value: unknown): string {
  return stringify(value, {
    version: '1.1',
    lineWidth: 0,
    aliasDuplicateObjects: false,
    defaultStringType: 'QUOTE_SINGLE',
    defaultKeyType: 'PLAIN',
  });
}
