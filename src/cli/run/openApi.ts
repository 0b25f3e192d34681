import { readSettings } from '../../config/settings';
import { connectApi, type ApiClient } from '../apiClient';

/** @throws SettingsError, ApiTokenError */
export function openApi(): Promise<ApiClient> {
  return connectApi(readSettings(process.env));
}
