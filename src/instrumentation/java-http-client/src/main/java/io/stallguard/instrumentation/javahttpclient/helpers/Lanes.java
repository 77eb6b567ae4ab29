package io.stallguard.instrumentation.javahttpclient.helpers;

import io.stallguard.core.Lane;
import java.net.URI;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The HTTP/2 connections of each client, as far as can be told: one for each origin. Any thread.
 *
 * <p>All subscribers of such a connection run on the thread that reads it.
 */
final class Lanes {
  private final Map<Object, Map<String, Lane>> byClient = new WeakHashMap<>();

  /** The lane of the connection that this client has to this place. */
  Lane of(Object client, URI uri) {
    return lanes(client)
        .computeIfAbsent(uri.getScheme() + "://" + uri.getAuthority(), o -> new Lane());
  }

  private synchronized Map<String, Lane> lanes(Object client) {
    return byClient.computeIfAbsent(client, c -> new ConcurrentHashMap<>());
  }
}
