package org.asynchttpclient;

/** A handler that AsyncHttpClient could have. */
public final class Handler {
  private Handler() {}
}
