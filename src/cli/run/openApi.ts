import { connectApi, type ApiClient } from '../apiClient';
import { readRunningEngine } from '../runningSettings';

/** @throws SettingsError, ApiTokenError */
export async function openApi(): Promise<ApiClient> {
  return connectApi((await readRunningEngine(process.env)).settings);
}
