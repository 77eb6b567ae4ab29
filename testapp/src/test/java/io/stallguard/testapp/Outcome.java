package io.stallguard.testapp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a probe told of one job.
 *
 * @param silentMillis time from the last piece, or the head, to the end
 * @param sha256 of the bytes received
 * @param ending {@code END}, or the exception and its causes
 */
record Outcome(String id, long silentMillis, long bytes, String sha256, String ending) {
  private static final int FIELDS = 6;

  static Outcome parse(String line) {
    String[] fields = line.split("\t", FIELDS);
    return new Outcome(
        fields[1], Long.parseLong(fields[2]), Long.parseLong(fields[3]), fields[4], fields[5]);
  }

  static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  boolean ended() {
    return ending.equals("END");
  }
}
