import { connectApi, type ApiClient } from '../apiClient';
import { readRunningSettings } from '../runningSettings';

/** @throws SettingsError, ApiTokenError */
export async function openApi(): Promise<ApiClient> {
  return connectApi((await readRunningSettings(process.env)).settings);
}
