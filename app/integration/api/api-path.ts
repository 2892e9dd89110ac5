/** Below it is everything that programs call. */
export const apiPath = "/api/v1";
