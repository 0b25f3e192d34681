/**
 * Messages in the manner of real customers, written for measuring and never for training. Odd lines (from 0: even
 * indexes) are for development, the others for the assertion. `none`: outside every intent.
 */
const lines = `
order_status|hi there, placed an order on sunday n its still saying processing?? any idea whats going on
order_status|Good morning. My daughter's birthday is on Friday and the bike I bought for her is nowhere to be seen. Could you find out where it is?
order_status|tracking says delivered but theres nothing on my porch
order_status|Its been 9 days. Where are my shoes
order_status|Could someone tell me whether 70412 left your warehouse yet
order_status|the courier app shows no movement since tuesday, is my package lost?
order_status|Still nothing in the post!! You said 3-5 days
order_status|I'd like an update on the delivery of my sofa please, the driver never showed up this morning
order_status|only half of what I bought arrived, when is the rest coming
order_status|eta on my stuff?
delivery_info|do u guys send stuff to norway and what does it cost
delivery_info|If I buy the desk tonight, would it be here before the weekend?
delivery_info|What's the cheapest way to have it sent?
delivery_info|Is there express shipping for heavy furniture?
delivery_info|Which courier do you use, and can I pick a time slot
delivery_info|Is postage free above a certain amount?
delivery_info|Hello, I live on a small island off the coast of Scotland. Would you be able to send things there?
delivery_info|how many working days does it normally take for parcels to Spain
delivery_info|Can parcels be collected from a pickup point instead of home delivery
delivery_info|whats your shipping cost for a small parcel
cancel_order|plz stop my order i dont need it nomore
cancel_order|Found it cheaper elsewhere, so I would like to cancel what I ordered this morning.
cancel_order|My kid ordered this on my phone without asking. Please cancel asap!
cancel_order|Is it too late to back out of the purchase? I don't need the chairs after all.
cancel_order|need to cancle 70412 before u send it
cancel_order|Hi, due to a change of circumstances we will have to call the whole order off.
cancel_order|I accidentally bought the same thing twice, cancel the second one
cancel_order|scrap my order thanks
cancel_order|Kindly withdraw the order I made yesterday evening
cancel_order|how do i cancel something that hasnt been dispatched
change_order|Can you make that a medium instead of large? I haven't got the shipping mail yet
change_order|I'd like three of the mugs rather than two, can that be changed still?
change_order|please add a pair of socks to the order from today
change_order|took the wrong color, green instead of blue!! can u fix it before it goes out
change_order|Would it be possible to take the cushion off my order and keep the rest?
change_order|I forgot to add the matching lid, can you put it in with my order
change_order|swap the black one for white in 70412 pls, not shipped yet
change_order|i want to alter the items in my order
change_order|Oops, I chose size 8 but need a 9. Can you amend the order?
change_order|Quantity is wrong on my order, should be 4
change_address|we moved house last week and i forgot to tell you, parcel is going to the old place
change_address|could you deliver to my work instead? 12 Mill Lane
change_address|My postcode is wrong on the order, it should end in 7QT
change_address|I put my parents' address in by mistake, pls send it to mine
change_address|Please reroute the parcel to my neighbor at number 14
change_address|the house number on my order is missing, its 22b
change_address|How do I update where my things get sent?
change_address|Change of address for 70412: it should go to 5 Rose Close, York
change_address|I won't be home, could the package be redirected to my sister's flat in Leeds?
change_address|wrong street in the delivery details!! fix please
return_refund|the dress is way too small, how can i send it back
return_refund|Opened the box and the vase is in pieces. I want a new one or my money.
return_refund|you sent me a left shoe twice lol need this sorted, exchange?
return_refund|Not happy with the quality of the blanket, I would like to return it and be refunded
return_refund|do i need a label to return things
return_refund|Headphones stopped working after two days. Can I bring them back?
return_refund|whats ur return policy, i got this as a gift and dont like it
return_refund|The kettle leaks. Please refund the full amount.
return_refund|I received someone else's parcel with a toaster I never bought. What do I do with it?
return_refund|want 2 swap for bigger size, already got the parcel
refund_status|I sent the boots back on the 3rd and still havent seen any money
refund_status|How many days until the refund lands on my card?
refund_status|your colleague said the refund went out last Monday. My bank says no.
refund_status|refund still pending???
refund_status|You received my return a week ago according to tracking, so when do I get paid back?
refund_status|Could you check whether my refund for 70412 has been issued
refund_status|only part of the refund came through, where is the rest
refund_status|Been promised a refund 3 times now and nothing has shown up in my bank
refund_status|what's happening with the money you owe me for the returned lamp
refund_status|has the refund been approved yet
payment_issue|paypal keeps throwing me back to the basket, cant pay
payment_issue|There are two charges of 59.90 on my statement but I only bought one
payment_issue|My bank took the money but there's no confirmation from you
payment_issue|visa got rejected three times, its a valid card
payment_issue|Checkout says 'payment could not be processed'
payment_issue|apple pay not working on ur site
payment_issue|I was billed 80 instead of 60
payment_issue|Why have you charged me again for an order I already paid?
payment_issue|the payment page just spins forever
payment_issue|my giftcard isn't being accepted when I try to pay
invoice|our accountant needs a proper bill with the tax number for last month's purchase
invoice|Can u email me the receipt again
invoice|I need an invoice made out to my company, Northlight Ltd
invoice|Where can I find the PDF bill for 70412?
invoice|no receipt was in the box
invoice|For my expenses I require a VAT receipt
invoice|The invoice shows my old company name, could you reissue it?
invoice|please forward all invoices of this year
invoice|i deleted the mail with the bill, send again?
invoice|Do you have an itemised receipt for warranty purposes
account_access|it keeps telling me wrong password but i know its right
account_access|Never got the email to reset my login
account_access|I'd like to register but the page says my email is already taken
account_access|cant get into my acount
account_access|Verification code doesn't arrive on my phone so I can't sign in
account_access|Somebody changed the email on my profile and I'm locked out
account_access|login button does nothing
account_access|How can I set a new password? The link expired.
account_access|My profile has been blocked after too many attempts
account_access|i think my account got hacked, orders there that arent mine
complaint|The driver was incredibly rude to my elderly mother and I want this taken further.
complaint|worst customer service ive ever had honestly
complaint|I have written four times and nobody takes me seriously. I want to lodge a formal complaint.
complaint|Shocking how you treat loyal customers
complaint|Who is in charge of complaints at your company?
complaint|I'm appalled by the way your staff talked to me on the phone
complaint|not impressed at all, very poor service from start to finish
complaint|This company is a joke, I am reporting your behaviour
complaint|I wish to express my dissatisfaction with the way my case was handled
complaint|absolutely disgraceful experience
human_agent|can i just talk to someone
human_agent|Is there a phone line I could ring?
human_agent|Stop sending me robot answers and let a person read this
human_agent|I'd rather speak with a member of your team
human_agent|please have somebody call me back on my mobile
human_agent|real human pls
human_agent|whats your phone number
human_agent|put me through to your manager
human_agent|When is your helpline open?
human_agent|I don't want to chat with a machine, who can I speak to?
none|do you know any good jokes about cats
none|We are a chain of 14 garden centres and would like your trade price list
none|To whom it may concern, I am applying for the position of store assistant. My CV is attached.
none|Boost your Google ranking today! Our experts guarantee page one
none|is the walnut table solid wood or veneer
none|would this helmet fit a 6 year old
none|I'm writing my thesis on sustainable packaging and would like to interview you
none|When do you restock the red kettle
none|how tall is the bookshelf
none|Who won the match last night?
none|Your shop window looked wonderful at christmas
none|Can you tell me how to clean the leather bag?
none|Our charity is looking for raffle prizes, could you donate something
none|stop sending me your newsletter
none|do students get money off
none|buy cheap followers now http://spam.example
none|what's the meaning of life
none|I run a blog with 20k readers and would love to review your products
none|Are these candles safe for pets
none|which of the two tents is lighter
none|we manufacture zippers in Izmir and look for new clients
none|does the speaker work with android
none|is the paint suitable for outdoors
none|I would like to book a table for two tonight
none|lorem ipsum dolor sit amet
none|Will there be a sale in january?
none|My name is Tom and I like trains
none|Can you write my homework essay on Rome
none|how do I change the battery in the remote
none|Do you have gift cards?
none|how loud is the dishwasher
none|What's your opinion on the election
none|is it made in europe
none|Looking for a supplier of 5000 tote bags with our logo
none|we'd love to invite you to our trade fair in Milan
none|can the lamp be dimmed`;

export interface HeldOut {
  /** Null: outside every intent. */
  readonly intent: string | null;
  readonly text: string;
}

const all: readonly HeldOut[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [intent = '', text = ''] = line.split('|');
    return { intent: intent === 'none' ? null : intent, text };
  });

export const development = all.filter((_, i) => i % 2 === 0);
export const assertion = all.filter((_, i) => i % 2 === 1);
