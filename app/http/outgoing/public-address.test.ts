import { expect, test } from "vitest";
import { isPublicAddress } from "./public-address";

test.each(["93.184.215.14", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8"])(
  "%s is an address of the public internet",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

test.each([
  "127.0.0.1",
  "127.255.255.254",
  "0.0.0.0",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "192.0.2.1",
  "198.18.0.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "fc00::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:a00:1",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "2001:db8::1",
  "2001::1",
  "",
  "localhost",
  "example.com",
])("%s is none", (address) => expect(isPublicAddress(address)).toBe(false));
