type Settings = Record<string, unknown>;

/** The settings with one of them set by hand, or put back to its default where the value is undefined. */
export function withSetting(settings: Settings, name: string, value: unknown): Settings {
  const { [name]: _, ...others } = settings;
  return value === undefined ? others : { ...others, [name]: value };
}
