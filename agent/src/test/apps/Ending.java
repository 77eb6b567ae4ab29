/** Ends after a while. */
public final class Ending {
  private Ending() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread.sleep(Long.parseLong(arguments[0]));
  }
}
