package io.stallguard.core.coverage;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** The beginning of class files: as far as they say which classes they refer to. */
final class ClassBytes {
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int CLASS = 7;
  private static final int METHOD_HANDLE = 15;

  private ClassBytes() {}

  /** A class that refers to these classes, and has constants of other lengths as well. */
  static byte[] of(List<String> referred) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0xCAFEBABE);
    out.writeInt(52);
    out.writeShort(2 * referred.size() + 5);
    out.writeByte(LONG);
    out.writeLong(1);
    out.writeByte(METHOD_HANDLE);
    out.writeByte(1);
    out.writeShort(1);
    out.writeByte(UTF8);
    out.writeUTF("a text: com/other/io/netty/channel/Channel");
    for (int i = 0; i < referred.size(); i++) {
      out.writeByte(CLASS);
      out.writeShort(2 * i + 6);
      out.writeByte(UTF8);
      out.writeUTF(referred.get(i));
    }
    return bytes.toByteArray();
  }
}
