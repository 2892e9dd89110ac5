import { onTestFinished } from "vitest";
import { environment } from "~/operations/environment.server";
import { receivePushes } from "./push-receiver";

/** A push service that is the only one in the list until the test is over. */
export async function startPushService() {
  const service = await receivePushes();
  const { pushServices } = environment();
  environment().pushServices = [service.origin];
  onTestFinished(() => {
    environment().pushServices = pushServices;
    service.close();
  });
  return service;
}
