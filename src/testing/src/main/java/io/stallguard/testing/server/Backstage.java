package io.stallguard.testing.server;

import java.util.concurrent.ScheduledExecutorService;

/** What all playbacks of a server share. */
record Backstage(ExchangeLog log, ScheduledExecutorService timer) {}
