package io.stallguard.probes;

/** Asks for a whole answer at once where a stream has failed, as apps do in their catch block. */
final class AskAgainProbe implements Probe {
  private final EveryProbe every = new EveryProbe();

  @Override
  public void run(Job job, Received received) throws Exception {
    try {
      every.run(job, received);
    } catch (Exception e) {
      System.out.println("AGAIN\t" + job.id() + "\t" + e);
      Job again =
          job.withUrl(
              job.url()
                  .replaceFirst("/scenario/[^;]*;", "/scenario/ok;")
                  .replace("run=", "run=again-"));
      every.run(again, new Received(0));
    }
  }
}
