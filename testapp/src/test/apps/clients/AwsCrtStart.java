import java.util.function.Consumer;
import software.amazon.awssdk.crt.CRT;

/** AWS CRT: its native code is loaded, as for a checksum, and no HTTP is spoken. */
public final class AwsCrtStart implements Consumer<String> {
  @Override
  public void accept(String unused) {
    new CRT();
  }
}
