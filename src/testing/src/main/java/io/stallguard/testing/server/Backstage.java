package io.stallguard.testing.server;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;

/**
 * What all playbacks of a server share.
 *
 * @param outage whether the server's outage has begun
 */
record Backstage(ExchangeLog log, ScheduledExecutorService timer, BooleanSupplier outage) {}
