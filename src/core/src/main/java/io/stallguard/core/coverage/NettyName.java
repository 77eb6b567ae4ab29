package io.stallguard.core.coverage;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Under which name the packages of Netty are there, for a class that is made against it. */
final class NettyName {
  // What stands on Netty may have kept its own names while those of its Netty were changed, as in
  // the bundle of the AWS SDK. Then its class file names another Netty, and nothing else shows it.

  static final NettyName NONE = new NettyName("");

  private static final String OWN = "io/netty/";
  private static final String MOVED = '/' + OWN;

  private static final int HEADER_BYTES = 8;
  private static final int UTF8 = 1;
  private static final int INTEGER = 3;
  private static final int FLOAT = 4;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int METHOD_HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  /** The packages with a slash behind each; empty if no Netty is named. */
  private final String packages;

  private NettyName(String packages) {
    this.packages = packages;
  }

  /** The Netty that a class file names; its own name, if it names several. */
  static NettyName in(byte[] classFile) {
    try {
      return among(classNames(new DataInputStream(new ByteArrayInputStream(classFile))));
    } catch (IOException e) {
      // A class file that is none, or of a format to come.
      return NONE;
    }
  }

  private static NettyName among(Iterable<String> names) {
    NettyName found = NONE;
    for (String name : names) {
      int moved = name.indexOf(MOVED);
      if (name.startsWith(OWN)) {
        return new NettyName(OWN);
      }
      found = moved < 0 ? found : new NettyName(name.substring(0, moved + MOVED.length()));
    }
    return found;
  }

  private static Set<String> classNames(DataInputStream in) throws IOException {
    Map<Integer, String> texts = new HashMap<>();
    Set<Integer> classes = new HashSet<>();
    skip(in, HEADER_BYTES);
    int count = in.readUnsignedShort();
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      if (tag == UTF8) {
        texts.put(i, in.readUTF());
      } else if (tag == CLASS) {
        classes.add(in.readUnsignedShort());
      } else {
        skip(in, length(tag));
        // Either of them takes two places.
        i += tag == LONG || tag == DOUBLE ? 1 : 0;
      }
    }
    texts.keySet().retainAll(classes);
    return new HashSet<>(texts.values());
  }

  private static int length(int tag) {
    switch (tag) {
      case LONG:
      case DOUBLE:
        return Long.BYTES;
      case STRING:
      case METHOD_TYPE:
      case MODULE:
      case PACKAGE:
        return Short.BYTES;
      case METHOD_HANDLE:
        return Byte.BYTES + Short.BYTES;
      case INTEGER:
      case FLOAT:
      default:
        return Integer.BYTES;
    }
  }

  private static void skip(DataInputStream in, int count) throws IOException {
    in.readFully(new byte[count]);
  }

  /** Whether it has the name that it was written with. */
  boolean isOwn() {
    return packages.equals(OWN);
  }

  /** Whether there is one, under another name. */
  boolean isMoved() {
    return !packages.isEmpty() && !isOwn();
  }

  /** The package below which it was put. */
  String front() {
    return packages.substring(0, packages.length() - MOVED.length()).replace('/', '.');
  }

  /** Whether it and the other are there under one name, which is not their own. */
  boolean isSameMoved(NettyName other) {
    return isMoved() && packages.equals(other.packages);
  }
}
